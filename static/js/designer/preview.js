// The real page as the server draws it, asked for a moment after the last change.

const PATIENCE = 400; // milliseconds without a change

export class Preview {
  /** `show` gets the answer: {image, problems}, or null when the server could not be reached. */
  constructor(form, url, busy, show) {
    Object.assign(this, { form, url, busy, show, timer: 0, asked: null });
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PATIENCE);
  }

  async ask() {
    this.asked?.abort();
    const asked = (this.asked = new AbortController());
    this.busy(true);
    try {
      const answer = await fetch(this.url, { method: "POST", body: new FormData(this.form), signal: asked.signal });
      if (answer.redirected || !answer.headers.get("Content-Type")?.startsWith("application/json")) throw new TypeError("no preview");
      this.show(await answer.json());
    } catch (error) {
      if (error.name === "AbortError") return;
      this.show(null);
    }
    if (this.asked === asked) this.busy(false);
  }
}
