/** The outline of a sound, filled as far as it has played. */
import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import look from "./labeling.module.css";
import { BARS, outlineOf } from "./outline";

const FLAT: readonly number[] = Array(BARS).fill(0);

interface WaveformProps {
  file: Blob;
  media: RefObject<HTMLVideoElement | null>;
}

export function Waveform({ file, media }: WaveformProps) {
  const { t } = useTranslation("labeling");
  const heights = useOutline(file);
  const frame = useRef<HTMLDivElement>(null);
  usePlayedShare(media, frame);
  const bars = heights.map((height, place) => {
    const tall = Math.max(2, height * 96);
    // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
    return <rect key={place} x={place * 10 + 2} width={6} rx={3} y={50 - tall / 2} height={tall} />;
  });
  return (
    <div ref={frame} className={look.wave} role="img" aria-label={t("media.wave")}>
      <svg viewBox={`0 0 ${BARS * 10} 100`} preserveAspectRatio="none" aria-hidden="true">
        {bars}
      </svg>
      <svg
        viewBox={`0 0 ${BARS * 10} 100`}
        preserveAspectRatio="none"
        aria-hidden="true"
        className={look.played}
      >
        {bars}
      </svg>
    </div>
  );
}

function useOutline(file: Blob): readonly number[] {
  const [heights, setHeights] = useState(FLAT);
  useEffect(() => {
    let current = true;
    outlineOf(file).then(
      (found) => current && setHeights(found),
      // A browser that cannot decode the file whole may still play it; the line then stays flat.
      () => {},
    );
    return () => {
      current = false;
    };
  }, [file]);
  return heights;
}

/** Writes how much has played into the style variable `--played`, once per frame and without rendering anew. */
function usePlayedShare(
  media: RefObject<HTMLVideoElement | null>,
  frame: RefObject<HTMLDivElement | null>,
): void {
  useEffect(() => {
    let request = 0;
    const draw = () => {
      const element = media.current;
      const share = element?.duration ? element.currentTime / element.duration : 0;
      frame.current?.style.setProperty("--played", String(share));
      request = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(request);
  }, [media, frame]);
}
