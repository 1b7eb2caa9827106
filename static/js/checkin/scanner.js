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
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, WIDEST / (video.videoWidth || WIDEST));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    if (!canvas.width) return "";
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    return decode(context.getImageData(0, 0, canvas.width, canvas.height));
  };
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
