// The picture of an event's certificate follows what is chosen, before it is saved.

const form = document.querySelector("[data-plan]");
const picture = document.querySelector("[data-plan-picture]");
let timer = 0;

function draw() {
  const asked = new URLSearchParams(new FormData(form));
  asked.delete("csrf_token");
  picture.src = `${form.dataset.plan}?${asked}`;
}

if (picture) {
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(draw, 400);
  });
}
