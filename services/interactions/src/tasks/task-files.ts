import {
  limits,
  taskFileArrived,
  taskFileAttached,
  taskFileRefused,
  taskFileRemoved,
  taskFileStaged,
  taskFileThumbnailed,
} from '@clientele/contracts'
import { fileKind } from '@clientele/files'
import { locked } from '@clientele/kit'
import { Task } from './task.entity.js'
import { taskPolicy } from './task.policy.js'
import { taskFilePolicy } from './task-file.policy.js'

export const taskFiles = fileKind({
  service: 'interactions',
  owner: Task,
  description: 'A file of a task, such as a form to be filled in.',
  policy: taskFilePolicy,
  most: limits.taskFiles,
  events: {
    staged: taskFileStaged,
    arrived: taskFileArrived,
    attached: taskFileAttached,
    refused: taskFileRefused,
    thumbnailed: taskFileThumbnailed,
    removed: taskFileRemoved,
  },
  require: (tx, id) => locked(tx, Task, id, taskPolicy.write),
})
