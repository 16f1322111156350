/** The four modalities, always in the order of the stages. */

export const MODALITIES = ["text", "audio", "vision", "multimodal"] as const;
export type Modality = (typeof MODALITIES)[number];

export function isModality(word: string | undefined): word is Modality {
  return MODALITIES.some((modality) => modality === word);
}
