/** The stage whose annotators are looked at, kept in the address. */
import { useSearchParams } from "react-router";
import { isModality, type Modality } from "@/shared/vocabulary/modality";

export function useStage(): [Modality, (stage: string) => void] {
  const [asked, ask] = useSearchParams();
  const wanted = asked.get("stage") ?? "";
  return [
    isModality(wanted) ? wanted : "multimodal",
    (stage) => ask({ stage }, { replace: true, preventScrollReset: true }),
  ];
}
