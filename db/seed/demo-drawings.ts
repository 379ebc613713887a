import type { Colour, Drawing, Shape } from "./draw-picture.ts";
import { bar, box, circle, glow } from "./draw-picture.ts";

const wall: readonly [Colour, Colour] = [
  [226, 219, 207],
  [202, 191, 174],
];
const brass: Colour = [176, 135, 68];
const dark: Colour = [52, 48, 46];
const light: Colour = [255, 232, 178];
const wood: Colour = [143, 98, 62];
const shade: Colour = [120, 110, 98];

/** A pendant lamp with three arms. */
function pendantWith(middle: readonly Shape[]): Drawing {
  return {
    width: 480,
    height: 360,
    sky: wall,
    shapes: [
      glow(light, [150, 216], 150, 0.5),
      glow(light, [330, 216], 150, 0.5),
      bar(dark, [240, 0], [240, 120], 4),
      circle(brass, [240, 128], 16),
      bar(brass, [240, 128], [150, 172], 7),
      bar(brass, [240, 128], [330, 172], 7),
      circle([250, 244, 230], [150, 196], 30),
      circle([250, 244, 230], [330, 196], 30),
      ...middle,
      box([168, 156, 138], [0, 322], [480, 360], 0),
    ],
  };
}

export const pendant = pendantWith([
  glow(light, [240, 250], 130, 0.5),
  bar(brass, [240, 128], [240, 216], 7),
  circle([250, 244, 230], [240, 236], 30),
]);

/** The same, its middle arm bent on the way. */
export const bentPendant = pendantWith([
  bar(brass, [240, 128], [262, 190], 7),
  bar(brass, [262, 190], [228, 232], 7),
  circle([238, 230, 214], [222, 256], 30),
  bar([190, 60, 50], [284, 168], [270, 184], 4),
]);

/** A stairwell, seen from below. */
export const stairs: Drawing = {
  width: 360,
  height: 480,
  sky: [
    [236, 238, 240],
    [188, 184, 178],
  ],
  shapes: [
    box([214, 224, 232], [140, 30], [220, 110], 6),
    glow([255, 255, 250], [180, 70], 170, 0.7),
    ...Array.from({ length: 9 }, (_, step): Shape[] => {
      const [left, top] = [40 + step * 22, 440 - step * 34];
      return [
        box(shade, [left, top], [left + 130, top + 34], 2),
        box([164, 150, 132], [left, top], [left + 130, top + 10], 2),
      ];
    }).flat(),
    bar(dark, [34, 372], [236, 60], 7),
    ...Array.from({ length: 7 }, (_, at) => bar(dark, [52 + at * 28, 344 - at * 43], [52 + at * 28, 420 - at * 40], 3)),
  ],
};

/** A wall lamp, its brass stained. */
export const sconce: Drawing = {
  width: 400,
  height: 320,
  sky: [
    [92, 104, 100],
    [70, 80, 78],
  ],
  shapes: [
    glow(light, [200, 110], 230, 0.7),
    box(brass, [176, 150], [224, 262], 10),
    bar(brass, [200, 176], [200, 128], 10),
    box([246, 236, 212], [150, 70], [250, 132], 18),
    circle([108, 128, 96], [192, 226], 11),
    circle([118, 124, 82], [208, 240], 7),
    circle([104, 130, 102], [186, 246], 5),
  ],
};

/** An armchair in bouclé. */
export const armchair: Drawing = {
  width: 480,
  height: 360,
  sky: [
    [222, 226, 224],
    [196, 198, 194],
  ],
  shapes: [
    box([150, 128, 104], [0, 300], [480, 360], 0),
    { ...box([90, 78, 66], [110, 308], [370, 326], 9), soft: 22, opacity: 0.5 },
    bar(wood, [150, 270], [138, 318], 12),
    bar(wood, [330, 270], [342, 318], 12),
    box([232, 224, 208], [130, 80], [350, 250], 44),
    box([244, 238, 226], [150, 176], [330, 262], 24),
    box([224, 215, 198], [98, 150], [166, 272], 30),
    box([224, 215, 198], [314, 150], [382, 272], 30),
    bar([120, 104, 90], [172, 180], [308, 180], 3),
  ],
};

/** A café bench with a leg that came loose, taped off. */
export const bench: Drawing = {
  width: 480,
  height: 340,
  sky: [
    [206, 200, 192],
    [176, 166, 154],
  ],
  shapes: [
    box([128, 116, 106], [0, 286], [480, 340], 0),
    box(wood, [60, 150], [420, 182], 8),
    box([122, 82, 50], [60, 176], [420, 190], 4),
    bar([110, 74, 46], [100, 186], [92, 292], 16),
    bar([110, 74, 46], [380, 190], [424, 286], 16),
    bar([236, 196, 44], [40, 110], [452, 226], 10),
    bar([48, 44, 40], [120, 133], [150, 141], 8),
    bar([48, 44, 40], [230, 164], [260, 172], 8),
    bar([48, 44, 40], [340, 195], [370, 203], 8),
  ],
};
