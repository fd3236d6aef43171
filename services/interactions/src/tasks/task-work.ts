import { type Actor, withinWhere } from '@clientele/kit'
import { giveTask } from './task.actions.js'
import { Task } from './task.entity.js'
import { taskPolicy } from './task.policy.js'

/** The open tasks of somebody, as far as an actor may hand them over. */
export const taskWork = {
  entity: Task,
  where: (actor: Actor, subject: string) => ({
    $and: [{ assigneeId: subject, status: 'OPEN' }, withinWhere(actor, taskPolicy.write)],
  }),
  give: giveTask,
}
