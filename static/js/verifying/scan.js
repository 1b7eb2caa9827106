/* The scan page: a code before the camera or on a picture leads to the state of its certificate. */

import { leadsTo } from "./addresses.js";

const root = document.querySelector("[data-scan]");
const words = JSON.parse(root.dataset.words);
const files = { reader: root.dataset.reader, wasm: root.dataset.wasm };
const houses = [location.origin, root.dataset.house];
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const button = part("camera");
let camera;

function say(sentence) {
  part("answer").hidden = !sentence;
  part("answer").querySelector("p").textContent = sentence;
}

function follow(text) {
  const { path, foreign } = leadsTo(text, houses);
  if (path) {
    camera?.stop();
    location.assign(path);
    return true;
  }
  say(foreign ? words.foreign.replace("{host}", foreign) : words.no_certificate);
  return false;
}

async function toggle() {
  const { Camera } = await import(root.dataset.scanner);
  if (camera?.isOn) return stop();
  if (!Camera.isPossible) return say(words.no_camera);
  const video = part("video");
  camera ??= new Camera(video, files, async (text) => follow(text));
  video.hidden = false;
  try {
    await camera.start();
    button.textContent = words.stop;
    say("");
  } catch (error) {
    stop();
    say(error?.name === "NotAllowedError" ? words.denied : words.no_camera);
  }
}

function stop() {
  camera?.stop();
  part("video").hidden = true;
  button.textContent = words.start;
}

async function look(event) {
  const [file] = event.target.files;
  if (!file) return;
  say(words.reading);
  const { readPicture } = await import(root.dataset.scanner);
  const text = await readPicture(file, files).catch(() => "");
  event.target.value = "";
  if (text) follow(text);
  else say(words.no_code);
}

button.addEventListener("click", toggle);
part("picture").addEventListener("change", look);
window.addEventListener("pagehide", () => camera?.stop());
root.dataset.ready = "";
