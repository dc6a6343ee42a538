import type { ProjectionLag } from '#platform/runtime/runtime.js';

/** A read model further behind than this is being built, not merely a moment late. */
export const buildingEvents = 1_000;

/** Whether readers would miss much: the read model is built anew and has not come near the head. */
export const isBeingBuilt = ({ state, lagEvents }: ProjectionLag): boolean =>
  state !== 'live' && lagEvents > buildingEvents;

const everyMs = 1_000;

/** Tells every second how far read models that are built anew have come, until all are there. */
export function tellCatchUp(
  projections: () => readonly ProjectionLag[],
  out: NodeJS.WritableStream,
): () => void {
  const tell = (): void => {
    const building = projections().filter(isBeingBuilt);
    if (building.length === 0) return stop();
    const read = Math.min(...building.map(({ position, head }) => position / head));
    const names = building.map(({ name }) => name).join(', ');
    out.write(`Read models are being built: ${Math.floor(read * 100)} % (${names})\n`);
  };
  const timer = setInterval(tell, everyMs);
  const stop = (): void => clearInterval(timer);
  return stop;
}
