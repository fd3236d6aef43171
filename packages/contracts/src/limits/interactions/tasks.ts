import { line, list, text } from '../limit.js'
import { story } from '../values.js'

export const tasks = {
  /** How many are changed at once. */
  tasksAtOnce: list(1, 100),
  taskTitle: line(200),
  taskNote: story,
  /** Why a task is called off or taken up again. */
  taskReason: text(500),
  /** Of one task, those included that are staged or were refused. */
  taskFiles: list(0, 20),
} as const
