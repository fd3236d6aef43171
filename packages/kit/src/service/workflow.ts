import { Conflict } from '../errors/errors.js'

/** Legal transitions of an entity with a life cycle: from each status to the statuses that may follow. Pure. */
export const workflow = <Status extends string>(concept: string, transitions: Record<Status, readonly Status[]>) => ({
  transitions,
  can: (from: Status, to: Status) => transitions[from].includes(to),
  /** Sets the status, or throws CONFLICT with the reason `<concept>.illegal_transition` and the statuses that may follow. */
  move: (entity: { status: Status }, to: Status) => {
    const next = transitions[entity.status]
    if (!next.includes(to)) {
      throw new Conflict(
        next.length
          ? `A ${concept} that is ${entity.status} cannot become ${to}; it may become ${next.join(', ')}.`
          : `A ${concept} that is ${entity.status} cannot change any more.`,
        { reason: `${concept}.illegal_transition`, params: { from: entity.status, to, next } },
      )
    }
    entity.status = to
  },
})
