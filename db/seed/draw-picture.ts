import { crc32, deflateSync } from "node:zlib";

export type Colour = readonly [red: number, green: number, blue: number];

/** Something on a picture: `distance` in pixels from its edge, negative inside. */
export interface Shape {
  colour: Colour;
  distance(x: number, y: number): number;
  /** How far its edge is blurred, pixels. */
  soft?: number;
  /** 0 to 1. */
  opacity?: number;
}

export interface Drawing {
  width: number;
  height: number;
  /** The colour at the top, fading to that at the bottom. */
  sky: readonly [Colour, Colour];
  /** From the back to the front. */
  shapes: readonly Shape[];
}

/** A PNG of a few plain shapes with smooth edges. */
export function drawPicture({ width, height, sky, shapes }: Drawing): Uint8Array {
  const line = 1 + width * 3;
  const raw = new Uint8Array(line * height);
  for (let y = 0; y < height; y++) {
    const behind = mix(sky[0], sky[1], y / height);
    for (let x = 0; x < width; x++) {
      let colour = behind;
      for (const shape of shapes) {
        const { soft = 1, opacity = 1 } = shape;
        const cover = Math.min(1, Math.max(0, 0.5 - shape.distance(x, y) / soft)) * opacity;
        if (cover > 0) colour = mix(colour, shape.colour, cover);
      }
      raw.set(colour, y * line + 1 + x * 3);
    }
  }
  const head = new Uint8Array(13);
  new DataView(head.buffer).setUint32(0, width);
  new DataView(head.buffer).setUint32(4, height);
  head.set([8, 2], 8);
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return Buffer.concat([
    signature,
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(raw)),
    chunk("IEND", new Uint8Array()),
  ]);
}

function mix(from: Colour, to: Colour, share: number): Colour {
  const at = (index: 0 | 1 | 2) => from[index] + (to[index] - from[index]) * share;
  return [at(0), at(1), at(2)];
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

export const circle = (colour: Colour, at: readonly [number, number], radius: number): Shape => ({
  colour,
  distance: (x, y) => Math.hypot(x - at[0], y - at[1]) - radius,
});

/** A box with round corners, from one corner to the other. */
export const box = (
  colour: Colour,
  [left, top]: readonly [number, number],
  [right, bottom]: readonly [number, number],
  round = 4,
): Shape => ({
  colour,
  distance: (x, y) => {
    const dx = Math.abs(x - (left + right) / 2) - (right - left) / 2 + round;
    const dy = Math.abs(y - (top + bottom) / 2) - (bottom - top) / 2 + round;
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - round;
  },
});

/** A bar with round ends. */
export const bar = (
  colour: Colour,
  from: readonly [number, number],
  to: readonly [number, number],
  thickness: number,
): Shape => {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = dx * dx + dy * dy || 1;
  return {
    colour,
    distance: (x, y) => {
      const along = Math.min(1, Math.max(0, ((x - from[0]) * dx + (y - from[1]) * dy) / length));
      return Math.hypot(x - from[0] - along * dx, y - from[1] - along * dy) - thickness / 2;
    },
  };
};

/** Light around a point. */
export const glow = (colour: Colour, at: readonly [number, number], radius: number, opacity = 0.6): Shape => ({
  ...circle(colour, at, radius / 2),
  soft: radius,
  opacity,
});
