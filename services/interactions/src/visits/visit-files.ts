import {
  limits,
  visitFileArrived,
  visitFileAttached,
  visitFileRefused,
  visitFileRemoved,
  visitFileStaged,
  visitFileThumbnailed,
} from '@clientele/contracts'
import { fileKind } from '@clientele/files'
import { locked } from '@clientele/kit'
import { Visit } from './visit.entity.js'
import { visitPolicy } from './visit.policy.js'
import { visitFilePolicy } from './visit-file.policy.js'

export const visitFiles = fileKind({
  service: 'interactions',
  owner: Visit,
  description: 'A file of a visit, such as a photo or the minutes.',
  policy: visitFilePolicy,
  most: limits.visitFiles,
  events: {
    staged: visitFileStaged,
    arrived: visitFileArrived,
    attached: visitFileAttached,
    refused: visitFileRefused,
    thumbnailed: visitFileThumbnailed,
    removed: visitFileRemoved,
  },
  require: (tx, id) => locked(tx, Visit, id, visitPolicy.write),
})
