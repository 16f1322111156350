/** Boxes on a frame of a source, drawn with the pointer or edited with the keyboard. */
import { Button, Group, Stack, Text } from "@mantine/core";
import { type PointerEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "@/shared/parts/Notices";
import { between, byKey, moved, resized } from "./boxes";
import { type Box, type SourceRegions, useDrawRegions } from "./hooks";
import own from "./isolation.module.css";

interface EditorProps {
  campaign: string;
  source: SourceRegions;
  onDone: () => void;
}

interface Point {
  x: number;
  y: number;
}

/** What a drag does, from where the pointer went down. */
type Drag = { kind: "draw" | "move" | "resize"; place: number; from: Point; before: Box };

const NEW_BOX: Box = { left: 0.1, top: 0.8, right: 0.9, bottom: 0.95 };

export function RegionEditor({ campaign, source, onDone }: EditorProps) {
  const { t } = useTranslation(["isolation", "shared"]);
  const [boxes, setBoxes] = useState<Box[]>(source.boxes);
  const picture = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | null>(null);
  const save = useDrawRegions(campaign);

  const pointAt = (event: PointerEvent): Point => {
    const frame = picture.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    return { x: (event.clientX - frame.left) / frame.width, y: (event.clientY - frame.top) / frame.height };
  };
  const put = (place: number, box: Box | null) =>
    setBoxes((old) => old.flatMap((each, at) => (at === place ? (box ? [box] : []) : [each])));
  const begin = (event: PointerEvent, kind: "move" | "resize", place: number) => {
    event.stopPropagation();
    picture.current?.setPointerCapture(event.pointerId);
    const before = boxes[place];
    if (before) drag.current = { kind, place, from: pointAt(event), before };
  };
  const draw = (event: PointerEvent) => {
    picture.current?.setPointerCapture(event.pointerId);
    const from = pointAt(event);
    const before = between(from, from);
    drag.current = { kind: "draw", place: boxes.length, from, before };
    setBoxes([...boxes, before]);
  };
  const follow = (event: PointerEvent) => {
    if (!drag.current) return;
    const { kind, place, from, before } = drag.current;
    const to = pointAt(event);
    if (kind === "draw") put(place, between(from, to));
    else put(place, (kind === "move" ? moved : resized)(before, to.x - from.x, to.y - from.y));
  };
  const release = () => {
    drag.current = null;
  };
  return (
    <Stack>
      <Text c="dimmed">{t("regions.hint")}</Text>
      <div
        ref={picture}
        className={own.frame}
        onPointerDown={draw}
        onPointerMove={follow}
        onPointerUp={release}
      >
        <img
          src={source.picture_url ?? ""}
          alt={t("regions.frame", { name: source.video_id })}
          draggable={false}
        />
        {boxes.map((box, place) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a box is its place in the list
            key={place}
            type="button"
            className={own.box}
            aria-label={t("regions.box", { number: place + 1 })}
            style={{
              left: `${box.left * 100}%`,
              top: `${box.top * 100}%`,
              width: `${(box.right - box.left) * 100}%`,
              height: `${(box.bottom - box.top) * 100}%`,
            }}
            onPointerDown={(event) => begin(event, "move", place)}
            onKeyDown={(event) => {
              const made = byKey(box, event.key, event.shiftKey);
              if (made === undefined) return;
              event.preventDefault();
              put(place, made);
            }}
          >
            <span className={own.corner} onPointerDown={(event) => begin(event, "resize", place)} />
          </button>
        ))}
      </div>
      {save.error && <Failure error={save.error} />}
      <Text size="sm">{t("regions.saveHint")}</Text>
      <Group>
        <Button
          loading={save.isPending}
          onClick={() => save.mutate({ source: source.id, boxes }, { onSuccess: onDone })}
        >
          {t("regions.save")}
        </Button>
        <Button variant="default" onClick={() => setBoxes([...boxes, NEW_BOX])}>
          {t("regions.add")}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t("shared:action.cancel")}
        </Button>
      </Group>
    </Stack>
  );
}
