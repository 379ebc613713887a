import { imageSize } from "image-size";

export interface PictureSize {
  width: number;
  height: number;
}

/** As it is shown: a photograph that lies on its side (EXIF) is turned. null where its beginning does not tell. */
export function pictureSize(head: Uint8Array): PictureSize | null {
  try {
    const { width, height, orientation } = imageSize(head);
    if (!isSensible(width) || !isSensible(height)) return null;
    return orientation !== undefined && orientation >= 5 ? { width: height, height: width } : { width, height };
  } catch {
    return null;
  }
}

const isSensible = (pixels: number) => Number.isInteger(pixels) && pixels > 0 && pixels <= 65_535;
