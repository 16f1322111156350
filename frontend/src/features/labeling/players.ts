/**
 * Players of clips, made before their clips are shown: loaded and standing at their first picture, outside the page and
 * silent until the clip's turn comes, so that a key press has nothing left to wait for.
 */

interface Held {
  player: HTMLVideoElement;
  holders: number;
}

const held = new Map<Blob, Held>();

/** The one player of a file; whoever takes it gives it back with `release`. */
export function hold(file: Blob): HTMLVideoElement {
  const found = held.get(file) ?? { player: playerOf(file), holders: 0 };
  found.holders += 1;
  held.set(file, found);
  return found.player;
}

/** The last one to give a player back frees what it takes of the browser. */
export function release(file: Blob): void {
  const found = held.get(file);
  if (!found) return;
  found.holders -= 1;
  if (found.holders > 0) return;
  held.delete(file);
  const { player } = found;
  const address = player.src;
  player.pause();
  player.removeAttribute("src");
  player.load();
  URL.revokeObjectURL(address);
}

function playerOf(file: Blob): HTMLVideoElement {
  const player = document.createElement("video");
  player.preload = "auto";
  player.playsInline = true;
  player.disablePictureInPicture = true;
  player.src = URL.createObjectURL(file);
  // Tempo is part of what is judged, so no extension or shortcut of the browser may change it.
  player.addEventListener("ratechange", () => {
    if (player.playbackRate !== 1) player.playbackRate = 1;
  });
  return player;
}
