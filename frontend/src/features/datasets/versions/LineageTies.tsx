/** The lines of a lineage, drawn behind its boxes and measured from where the page has put them. */
import { type RefObject, useEffect, useState } from "react";
import { type Box, type Edge, pathBetween } from "./lineage";
import own from "./lineage.module.css";

interface LineageTiesProps {
  /** Holds an element with `data-node` for every end of an edge. */
  place: RefObject<HTMLElement | null>;
  edges: readonly Edge[];
  /** The node whose lines stand out. */
  near: string | null;
}

export function LineageTies({ place, edges, near }: LineageTiesProps) {
  const boxes = useBoxes(place, edges);
  return (
    <svg className={own.ties} aria-hidden="true">
      {edges.map((edge) => {
        const [from, to] = [boxes.get(edge[0]), boxes.get(edge[1])];
        if (!from || !to) return null;
        const touches = near !== null && edge.includes(near);
        return (
          <path key={edge.join()} d={pathBetween(from, to)} className={touches ? own.nearTie : own.tie} />
        );
      })}
    </svg>
  );
}

/** Where each node lies within the place, measured anew whenever its size changes. */
function useBoxes(place: RefObject<HTMLElement | null>, edges: readonly Edge[]): Map<string, Box> {
  const [boxes, setBoxes] = useState(() => new Map<string, Box>());
  // biome-ignore lint/correctness/useExhaustiveDependencies: other edges come with other boxes
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setBoxes(measure(element)));
    for (const node of [element, ...element.querySelectorAll("[data-node]")]) observer.observe(node);
    return () => observer.disconnect();
  }, [place, edges]);
  return boxes;
}

function measure(element: HTMLElement): Map<string, Box> {
  const origin = element.getBoundingClientRect();
  const nodes = [...element.querySelectorAll<HTMLElement>("[data-node]")];
  return new Map(
    nodes.map((node) => {
      const { left, right, top, bottom } = node.getBoundingClientRect();
      const box = {
        left: left - origin.left,
        right: right - origin.left,
        top: top - origin.top,
        bottom: bottom - origin.top,
      };
      return [node.dataset.node ?? "", box] as const;
    }),
  );
}
