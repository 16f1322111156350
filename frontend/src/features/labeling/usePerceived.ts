/** Whether a clip was played to its end, or its words shown long enough. */
import { useEffect, useState } from "react";

export function usePerceived(before: boolean, readingSeconds: number | undefined) {
  const [perceived, setPerceived] = useState(before);
  useEffect(() => {
    if (readingSeconds === undefined) return;
    const timer = setTimeout(() => setPerceived(true), readingSeconds * 1000);
    return () => clearTimeout(timer);
  }, [readingSeconds]);
  return [perceived, () => setPerceived(true)] as const;
}
