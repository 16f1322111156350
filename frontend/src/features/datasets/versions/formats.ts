/** Names of the export formats, the same in every language. */
import type { Schemas } from "@/api/client";

export type Format = NonNullable<Schemas["ExportRequestRequest"]["format"]>;

export const FORMATS: Record<Format, string> = {
  chsims: "CH-SIMS",
  parquet: "Parquet",
  huggingface: "Hugging Face",
  csv: "CSV",
};
