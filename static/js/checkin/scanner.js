/* The camera: the browser's own reader of codes, or one in WebAssembly that is loaded only when it is needed. */

const SAME_AGAIN = 4000; // a pass that is held in front of the camera is one scan
const PAUSE = 120;
const WIDEST = 720;

export class Camera {
  constructor(video, { reader, wasm }, found) {
    Object.assign(this, { video, reader, wasm, found, last: "", lastAt: 0 });
  }

  static get isPossible() {
    return Boolean(navigator.mediaDevices?.getUserMedia);
  }

  async start() {
    this.stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false,
    });
    this.video.srcObject = this.stream;
    await this.video.play();
    this.read ??= await readerFor(this);
    this.isOn = true;
    this.loop();
  }

  stop() {
    this.isOn = false;
    this.stream?.getTracks().forEach((track) => track.stop());
    this.video.srcObject = null;
  }

  async loop() {
    while (this.isOn) {
      const code = await this.read(this.video).catch(() => "");
      if (code && this.isOn && !(code === this.last && Date.now() - this.lastAt < SAME_AGAIN)) {
        this.last = code;
        await Promise.resolve(this.found(code)).catch(() => {}); // the next pass is read all the same
      }
      if (code) this.lastAt = Date.now();
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

async function hasOwnReader() {
  if (!("BarcodeDetector" in window)) return false;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  return formats.includes("qr_code");
}

async function readerFor(files) {
  if (await hasOwnReader()) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? "";
  }
  await prepareReader(files);
  const canvas = document.createElement("canvas");
  return async (video) => (video.videoWidth ? decode(pixels(canvas, video, video.videoWidth, video.videoHeight, WIDEST)) : "");
}

function pixels(canvas, source, width, height, widest) {
  const scale = Math.min(1, widest / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/* The code on a picture, a photograph of a whole page perhaps: small first, because that is quick and often enough. */
export async function readPicture(file, files) {
  const picture = await createImageBitmap(file);
  if (await hasOwnReader()) {
    const found = await new BarcodeDetector({ formats: ["qr_code"] }).detect(picture);
    if (found.length) return found[0].rawValue;
  }
  await prepareReader(files);
  const canvas = document.createElement("canvas");
  for (const widest of [1000, 2400]) {
    const code = await decode(pixels(canvas, picture, picture.width, picture.height, widest));
    if (code) return code;
  }
  return "";
}

/* Load the reader; where the browser has none of its own this is done on the first visit, for later without network. */
export async function prepareReader({ reader, wasm }) {
  if (!window.ZXingWASM) {
    await new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = reader;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }
  await window.ZXingWASM.prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
}

export async function decode(image) {
  const found = await window.ZXingWASM.readBarcodes(image, { formats: ["QRCode"], maxNumberOfSymbols: 1, tryHarder: true });
  return found[0]?.text ?? "";
}

export async function prepareWhereNeeded(files) {
  if (!(await hasOwnReader())) await prepareReader(files);
}
