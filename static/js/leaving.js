/* Signing out clears what this browser keeps: whoever has scans of a door that were not handed in yet is asked first. */
const form = document.querySelector("form[data-leaving]");
form?.addEventListener("submit", (event) => {
  const waiting = Number(localStorage.getItem("trainreg-waiting") ?? 0);
  if (waiting && !window.confirm(form.dataset.leaving.replace("{n}", waiting))) event.preventDefault();
});
