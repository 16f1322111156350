/** The sentiment scale: seven scores −3 … 3, labels −1 … 1, and the diverging colours that stand for both. */

export const SCORES = [-3, -2, -1, 0, 1, 2, 3] as const;
export type Score = (typeof SCORES)[number];

export const CLASSES = ["NEG", "WNEG", "NEU", "WPOS", "POS"] as const;
export type SentimentClass = (typeof CLASSES)[number];

/** Blue for negative through grey to orange for positive; told apart under every common colour blindness. */
const STOPS = ["#1d4f91", "#4f86bd", "#a3c3de", "#d4d4cf", "#f0bf86", "#d5822f", "#974a07"] as const;

export const CLASS_COLOURS: Record<SentimentClass, string> = {
  NEG: STOPS[0],
  WNEG: STOPS[2],
  NEU: STOPS[3],
  WPOS: STOPS[4],
  POS: STOPS[6],
};

export function scoreColour(score: Score): string {
  return STOPS[score + 3] as string;
}

/** Colour of a label or prediction in −1 … 1, blended between the seven stops. */
export function labelColour(value: number): string {
  const place = (Math.min(1, Math.max(-1, value)) + 1) * 3;
  const left = Math.min(5, Math.floor(place));
  return blend(STOPS[left] as string, STOPS[left + 1] as string, place - left);
}

/** Black or white, whichever reads better on the colour (WCAG contrast). */
export function inkOn(colour: string): "#111111" | "#ffffff" {
  const light = luminance(colour);
  return 1.05 / (light + 0.05) > (light + 0.05) / (luminance("#111111") + 0.05) ? "#ffffff" : "#111111";
}

export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function channels(colour: string): [number, number, number] {
  const number = Number.parseInt(colour.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

function blend(from: string, to: string, share: number): string {
  const end = channels(to);
  const mixed = channels(from).map((value, i) => Math.round(value + ((end[i] as number) - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

function luminance(colour: string): number {
  const [red, green, blue] = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
