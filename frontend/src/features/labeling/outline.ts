/** The outline of a sound: the loudest sample of each of a number of equal stretches. */

/** Peaks in 0 … 1, the highest being 1 unless there is silence only. */
export function peaks(samples: ArrayLike<number>, count: number): number[] {
  const found = Array.from({ length: count }, (_, place) => {
    const from = Math.floor((place * samples.length) / count);
    const to = Math.floor(((place + 1) * samples.length) / count);
    let highest = 0;
    for (let i = from; i < to; i++) highest = Math.max(highest, Math.abs(samples[i] as number));
    return highest;
  });
  const highest = Math.max(...found);
  return highest > 0 ? found.map((peak) => peak / highest) : found;
}

/** How many bars an outline has. */
export const BARS = 96;

const outlines = new WeakMap<Blob, Promise<readonly number[]>>();

/** The outline of a sound file, decoded in the browser once. */
export function outlineOf(file: Blob): Promise<readonly number[]> {
  const found = outlines.get(file) ?? outline(file);
  outlines.set(file, found);
  return found;
}

async function outline(file: Blob): Promise<readonly number[]> {
  const context = new OfflineAudioContext(1, 1, 16_000);
  const sound = await context.decodeAudioData(await file.arrayBuffer());
  return peaks(sound.getChannelData(0), BARS);
}
