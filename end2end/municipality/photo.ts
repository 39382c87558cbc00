// A photograph as a telephone takes it, made in the browser: noise, so that it is large, with a position and an orientation
// noted in it.
import type { Page } from "@playwright/test";

/** What the position is written as. */
export const PLACE = "59.3293N,18.0686E";

/** A JPEG of this size, held upright though it was stored lying. */
export async function photo(page: Page, width: number, height: number): Promise<Buffer> {
  const base64 = await page.evaluate(async ([wide, high]) => {
    const canvas = document.createElement("canvas");
    canvas.width = wide;
    canvas.height = high;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no canvas");
    const picture = context.createImageData(wide, high);
    let state = 7;
    for (let at = 0; at < picture.data.length; at++) {
      state = (state * 1103515245 + 12345) & 0x7fffffff;
      picture.data[at] = at % 4 === 3 ? 255 : 120 + ((state >> 16) & 127);
    }
    context.putImageData(picture, 0, 0);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.9));
    const bytes = new Uint8Array(await (blob as Blob).arrayBuffer());
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  }, [width, height] as const);
  const plain = Buffer.from(base64, "base64");
  return Buffer.concat([plain.subarray(0, 2), notes(), plain.subarray(2)]);
}

/** Exif: orientation 6, and a directory of the position with a text. */
function notes(): Buffer {
  const body = Buffer.concat([
    Buffer.from("Exif\0\0MM\0\x2a\0\0\0\x08", "latin1"),
    Buffer.from([0, 2, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0]),
    Buffer.from([0, 1, 0, 0x1d, 0, 2, 0, 0, 0, PLACE.length, 0, 0, 0, 56, 0, 0, 0, 0]),
    Buffer.from(PLACE, "latin1"),
  ]);
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xffe1, 0);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** A document that opens with a password only, as far as its end says. */
export const LOCKED = Buffer.from(
  "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n" +
  "xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 3 /Root 1 0 R /Encrypt 9 0 R >>\nstartxref\n110\n%%EOF\n", "latin1");
