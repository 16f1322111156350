/** Tones and dots to be counted: whoever counts them hears and sees well enough. */

export const COUNTS = [2, 3, 4, 5, 6] as const;

/** One of the counts, by chance. */
export function someCount(chance: () => number = Math.random): number {
  return COUNTS[Math.floor(chance() * COUNTS.length)] as number;
}

/** Voices of annotators' clips lie here, and small loudspeakers still play it. */
const HERTZ = 440;
const [LENGTH, APART, LOUDNESS] = [0.18, 0.45, 0.25];

/** Plays so many short tones; resolves when the last has ended. */
export async function playBeeps(count: number, context: AudioContext): Promise<void> {
  await context.resume();
  const begin = context.currentTime + 0.1;
  for (let place = 0; place < count; place += 1) beep(context, begin + place * APART);
  await new Promise((resolve) => setTimeout(resolve, (0.1 + count * APART) * 1000));
}

function beep(context: AudioContext, at: number): void {
  const tone = new OscillatorNode(context, { frequency: HERTZ });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0, at);
  // Without a slope a tone begins and ends with a click that is heard even where the tone is not.
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
  volume.gain.setValueAtTime(LOUDNESS, at + LENGTH - 0.02);
  volume.gain.linearRampToValueAtTime(0, at + LENGTH);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + LENGTH);
}
