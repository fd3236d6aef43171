import { filePolicy } from '@clientele/files'
import { taskPolicy } from './task.policy.js'

/** Files of a task are whose the task is; whoever may change the task attaches and removes them. */
export const taskFilePolicy = filePolicy(taskPolicy, { write: ['write'] })
