/** What is wider than the screen scrolls by itself, by finger and by keyboard, so that the page does not. */
import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import look from "./parts.module.css";

interface ScrollProps {
  children: ReactNode;
  /** Least width of what is inside, in pixels. */
  minWidth?: number;
}

export function Scroll({ children, minWidth }: ScrollProps) {
  const place = useRef<HTMLDivElement>(null);
  const overflows = useOverflow(place);
  return (
    // Only what scrolls is a stop on the way of the Tab key.
    <div ref={place} className={look.scroll} tabIndex={overflows ? 0 : undefined}>
      <div style={{ minWidth }}>{children}</div>
    </div>
  );
}

/** Whether the content of an element is wider than the element. */
function useOverflow(place: RefObject<HTMLDivElement | null>): boolean {
  const [overflows, setOverflows] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const look = () => setOverflows(element.scrollWidth > element.clientWidth + 1);
    const observer = new ResizeObserver(look);
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    look();
    return () => observer.disconnect();
  }, [place]);
  return overflows;
}
