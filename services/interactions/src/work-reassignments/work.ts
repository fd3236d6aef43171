import type { WorkKind } from '@clientele/contracts'
import type { Actor, Transaction } from '@clientele/kit'
import type { EntityClass, FilterQuery } from '@mikro-orm/core'
import type { Complaint } from '../complaints/complaint.entity.js'
import { complaintWork } from '../complaints/complaint-work.js'
import type { Task } from '../tasks/task.entity.js'
import { taskWork } from '../tasks/task-work.js'
import type { Visit } from '../visits/visit.entity.js'
import { visitWork } from '../visits/visit-work.js'

/** Who gets the work: a member of staff, or a team. */
export interface Receiver {
  assigneeId: string | null
  teamKey: string | null
}

/** What somebody has to do of one kind, and how one of it is handed over. */
export interface Work<T extends { id: string }> {
  entity: EntityClass<T>
  /** What is to be done by somebody, as far as the actor may hand it over. */
  where(actor: Actor, subject: string): FilterQuery<T>
  give(tx: Transaction, one: T, to: Receiver): boolean | Promise<boolean>
}

const ofAnyKind = <T extends { id: string }>(one: Work<T>) => one as unknown as Work<{ id: string }>

export const work: Readonly<Record<WorkKind, Work<{ id: string }>>> = {
  TASKS: ofAnyKind<Task>(taskWork),
  VISITS: ofAnyKind<Visit>(visitWork),
  COMPLAINTS: ofAnyKind<Complaint>(complaintWork),
}
