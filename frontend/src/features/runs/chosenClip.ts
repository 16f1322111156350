/** The clip that is looked at; it stands in the address, so it can be sent. */
import { useCallback } from "react";
import { useSearchParams } from "react-router";

export function useChosenClip(): [string | null, (clip: string | null) => void] {
  const [address, setAddress] = useSearchParams();
  const choose = useCallback(
    (clip: string | null) => setAddress(clip ? { clip } : {}, { preventScrollReset: true }),
    [setAddress],
  );
  return [address.get("clip"), choose];
}
