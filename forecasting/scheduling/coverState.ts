import type { CoverModel } from './coverModel.ts';

/**
 * Agents at work per group and slot, shared out among queues at least cost, with the cost of one more and one fewer
 * agent of every group in every slot kept up to date.
 *
 * Sharing is exact: with convex costs per queue, moving the unit that changed along the cheapest chain of transfers
 * keeps the allocation optimal (successive shortest paths; transfers cost nothing, so reachability decides).
 */
export class CoverState {
  readonly model: CoverModel;
  /** Agents at work: `[group × slotCount + slot]`. */
  readonly atWork: Int16Array;
  /** Agents serving: `[queue × slotCount + slot]`. */
  readonly serving: Int16Array;
  /** Change of cost by one more agent: `[group × slotCount + slot]`. */
  readonly gainOfOneMore: Float64Array;
  /** Change of cost by one fewer agent; 0 where there is none. */
  readonly gainOfOneLess: Float64Array;
  /** Agents counted per minimum cover: `[cover × slotCount + slot]`. */
  readonly covered: Int16Array;
  /** Agents of a group at a queue: `[(slot × groups + group) × queues + queue]`. */
  readonly #share: Int16Array;
  /** True when no group serves two queues: marginals then depend on one queue only. */
  readonly #separate: boolean;
  readonly #groupsOfQueue: readonly (readonly number[])[];
  readonly #transfer: Int32Array;

  constructor(model: CoverModel) {
    this.model = model;
    const { slotCount, groups, queueCount, covers } = model;
    this.atWork = new Int16Array(groups.length * slotCount);
    this.serving = new Int16Array(queueCount * slotCount);
    this.gainOfOneMore = new Float64Array(groups.length * slotCount);
    this.gainOfOneLess = new Float64Array(groups.length * slotCount);
    this.covered = new Int16Array(covers.length * slotCount);
    this.#share = new Int16Array(slotCount * groups.length * queueCount);
    this.#separate = groups.every(group => group.queues.length <= 1 && group.covers.length === 0);
    this.#groupsOfQueue = Array.from({ length: queueCount }, (_, q) =>
      groups.flatMap((group, g) => (group.queues.includes(q) ? [g] : [])),
    );
    this.#transfer = new Int32Array(queueCount);
    this.refresh();
  }

  /** Puts one agent of the group to work in the slot (`delta` = 1) or takes one away (−1). */
  change(group: number, slot: number, delta: 1 | -1): void {
    this.place(group, slot, delta);
    if (!this.#separate) this.#refresh(slot);
    else {
      const queue = this.model.groups[group]!.queues[0];
      if (queue !== undefined) this.#refreshQueue(queue, slot);
    }
  }

  /** As `change`, but leaves the marginals stale: for who only reads cover, or calls `refresh` after many. */
  place(group: number, slot: number, delta: 1 | -1): void {
    const { slotCount, groups } = this.model;
    const definition = groups[group]!;
    this.atWork[group * slotCount + slot]! += delta;
    for (const cover of definition.covers) this.covered[cover * slotCount + slot]! += delta;
    if (this.#separate) {
      const queue = definition.queues[0];
      if (queue !== undefined) this.serving[queue * slotCount + slot]! += delta;
    } else if (definition.queueMask !== 0) {
      if (delta === 1) this.#addUnit(group, slot);
      else this.#removeUnit(group, slot);
    }
  }

  /** Brings every marginal up to date. */
  refresh(): void {
    const { slotCount, queueCount } = this.model;
    for (let t = 0; t < slotCount; t++) {
      if (!this.#separate) this.#refresh(t);
      else for (let q = 0; q < queueCount; q++) this.#refreshQueue(q, t);
    }
  }

  /** Total cost of all slots: queues and minimum covers. */
  totalCost(): { readonly queues: number; readonly covers: number } {
    const { slotCount, queueCount, cost, tableOf, covers } = this.model;
    let queues = 0;
    for (let i = 0; i < queueCount * slotCount; i++) queues += cost[tableOf[i]! + this.serving[i]!]!;
    let missing = 0;
    covers.forEach((cover, c) => {
      for (let t = 0; t < slotCount; t++) {
        missing += Math.max(0, cover.due[t]! - this.covered[c * slotCount + t]!) * cover.pricePerSlot;
      }
    });
    return { queues, covers: missing };
  }

  #refreshQueue(queue: number, slot: number): void {
    const { slotCount, cost, tableOf } = this.model;
    const n = this.serving[queue * slotCount + slot]!;
    const at = tableOf[queue * slotCount + slot]! + n;
    const more = cost[at + 1]! - cost[at]!;
    const less = n > 0 ? cost[at - 1]! - cost[at]! : 0;
    for (const group of this.#groupsOfQueue[queue]!) {
      this.gainOfOneMore[group * slotCount + slot] = more;
      this.gainOfOneLess[group * slotCount + slot] = less;
    }
  }

  /** Recomputes both marginals of every group in one slot. */
  #refresh(slot: number): void {
    const { slotCount, groups } = this.model;
    this.#findTransfers(slot);
    for (let g = 0; g < groups.length; g++) {
      const group = groups[g]!;
      let more = 0;
      let less = 0;
      if (group.queueMask !== 0) {
        const add = this.#cheapestGain(this.#closure(group.queueMask), slot);
        more = add < 0 ? 0 : this.#stepUp(add, slot);
        if (this.atWork[g * slotCount + slot]! > 0) {
          const taken = this.#cheapestLoss(this.#occupied(g, slot), slot);
          less = taken < 0 ? 0 : this.#stepDown(taken, slot);
        }
      }
      for (const c of group.covers) {
        const cover = this.model.covers[c]!;
        const have = this.covered[c * slotCount + slot]!;
        const due = cover.due[slot]!;
        if (have < due) more -= cover.pricePerSlot;
        if (have <= due && have > 0) less += cover.pricePerSlot;
      }
      this.gainOfOneMore[g * slotCount + slot] = more;
      this.gainOfOneLess[g * slotCount + slot] = less;
    }
  }

  /** Bit mask of queues at which the group has an agent. */
  #occupied(group: number, slot: number): number {
    const { groups, queueCount } = this.model;
    const base = (slot * groups.length + group) * queueCount;
    let mask = 0;
    for (const q of groups[group]!.queues) if (this.#share[base + q]! > 0) mask |= 1 << q;
    return mask;
  }

  /** transfer[q] = queues to which someone now at q could move. */
  #findTransfers(slot: number): void {
    const { groups, queueCount } = this.model;
    this.#transfer.fill(0);
    for (let g = 0; g < groups.length; g++) {
      const { queues, queueMask } = groups[g]!;
      if (queues.length < 2) continue;
      const base = (slot * groups.length + g) * queueCount;
      for (const q of queues) if (this.#share[base + q]! > 0) this.#transfer[q]! |= queueMask;
    }
  }

  /** Queues reachable from a set by chains of transfers. */
  #closure(mask: number): number {
    let reached = mask;
    let frontier = mask;
    while (frontier !== 0) {
      let next = 0;
      for (let rest = frontier; rest !== 0; rest &= rest - 1) next |= this.#transfer[lowestBit(rest)]!;
      frontier = next & ~reached;
      reached |= next;
    }
    return reached;
  }

  /** Whether a chain of transfers leads from queue `from` into the set. */
  #reaches(from: number, targets: number): boolean {
    return (this.#closure(1 << from) & targets) !== 0;
  }

  #stepUp(queue: number, slot: number): number {
    const { slotCount, cost, tableOf } = this.model;
    const at = tableOf[queue * slotCount + slot]! + this.serving[queue * slotCount + slot]!;
    return cost[at + 1]! - cost[at]!;
  }

  #stepDown(queue: number, slot: number): number {
    const { slotCount, cost, tableOf } = this.model;
    const at = tableOf[queue * slotCount + slot]! + this.serving[queue * slotCount + slot]!;
    return cost[at - 1]! - cost[at]!;
  }

  /** The queue of the set where one more agent costs least; −1 for an empty set. */
  #cheapestGain(mask: number, slot: number): number {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let rest = mask; rest !== 0; rest &= rest - 1) {
      const queue = lowestBit(rest);
      const step = this.#stepUp(queue, slot);
      if (step < least) {
        least = step;
        best = queue;
      }
    }
    return best;
  }

  /** The served queue from which losing an agent costs least, among those whose agents can fill a place in `targets`. */
  #cheapestLoss(targets: number, slot: number): number {
    const { slotCount, queueCount } = this.model;
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let queue = 0; queue < queueCount; queue++) {
      if (this.serving[queue * slotCount + slot]! === 0) continue;
      const step = this.#stepDown(queue, slot);
      if (step < least && this.#reaches(queue, targets)) {
        least = step;
        best = queue;
      }
    }
    return best;
  }

  #addUnit(group: number, slot: number): void {
    const { groups, queueCount, slotCount } = this.model;
    this.#findTransfers(slot);
    const start = groups[group]!.queueMask;
    const target = this.#cheapestGain(this.#closure(start), slot);
    const path = this.#path(start, 1 << target);
    this.#share[(slot * groups.length + group) * queueCount + path[0]!]!++;
    this.#shift(path, slot);
    this.serving[target * slotCount + slot]!++;
  }

  #removeUnit(group: number, slot: number): void {
    const { groups, queueCount, slotCount } = this.model;
    this.#findTransfers(slot);
    const occupied = this.#occupied(group, slot);
    const source = this.#cheapestLoss(occupied, slot);
    const path = this.#path(1 << source, occupied);
    this.#shift(path, slot);
    this.#share[(slot * groups.length + group) * queueCount + path[path.length - 1]!]!--;
    this.serving[source * slotCount + slot]!--;
  }

  /** Shortest chain of transfers from any queue of `start` to any queue of `targets`, both included. */
  #path(start: number, targets: number): number[] {
    const shared = start & targets;
    if (shared !== 0) return [lowestBit(shared)];
    const parent = new Map<number, number>();
    let frontier: number[] = [];
    for (let rest = start; rest !== 0; rest &= rest - 1) {
      const queue = lowestBit(rest);
      parent.set(queue, -1);
      frontier.push(queue);
    }
    for (;;) {
      const arrived = frontier.find(queue => (targets & (1 << queue)) !== 0);
      if (arrived !== undefined) {
        const path: number[] = [];
        for (let at = arrived; at >= 0; at = parent.get(at) ?? -1) path.unshift(at);
        return path;
      }
      const next: number[] = [];
      for (const queue of frontier) {
        for (let rest = this.#transfer[queue]!; rest !== 0; rest &= rest - 1) {
          const to = lowestBit(rest);
          if (parent.has(to)) continue;
          parent.set(to, queue);
          next.push(to);
        }
      }
      if (next.length === 0) throw new RangeError('cover allocation lost its transfer chain');
      frontier = next;
    }
  }

  /** Moves one agent along each link of a chain; who moves does not matter, only that someone can. */
  #shift(path: readonly number[], slot: number): void {
    const { groups, queueCount } = this.model;
    // From the far end, so that the place an agent leaves is filled by the link before it.
    for (let k = path.length - 2; k >= 0; k--) {
      const from = path[k]!;
      const to = path[k + 1]!;
      const mover = groups.findIndex(
        (group, g) =>
          (group.queueMask & (1 << to)) !== 0 &&
          this.#share[(slot * groups.length + g) * queueCount + from]! > 0,
      );
      const base = (slot * groups.length + mover) * queueCount;
      this.#share[base + from]!--;
      this.#share[base + to]!++;
    }
  }

  /** Agents of each group at a queue in a slot. */
  shareOf(group: number, queue: number, slot: number): number {
    const { groups, queueCount } = this.model;
    if (this.#separate) {
      return groups[group]!.queues[0] === queue ? this.atWork[group * this.model.slotCount + slot]! : 0;
    }
    return this.#share[(slot * groups.length + group) * queueCount + queue]!;
  }
}

function lowestBit(mask: number): number {
  return 31 - Math.clz32(mask & -mask);
}
