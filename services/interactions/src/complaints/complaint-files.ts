import {
  complaintFileArrived,
  complaintFileAttached,
  complaintFileRefused,
  complaintFileRemoved,
  complaintFileStaged,
  complaintFileThumbnailed,
  limits,
} from '@clientele/contracts'
import { fileKind } from '@clientele/files'
import { accessScopeOf, locked } from '@clientele/kit'
import { Complaint } from './complaint.entity.js'
import { complaintPolicy } from './complaint.policy.js'
import { complaintFilePolicy } from './complaint-file.policy.js'

export const complaintFiles = fileKind({
  service: 'interactions',
  owner: Complaint,
  description: 'A file of a complaint, such as a photo of what is broken.',
  policy: complaintFilePolicy,
  most: limits.complaintFiles,
  events: {
    staged: complaintFileStaged,
    arrived: complaintFileArrived,
    attached: complaintFileAttached,
    refused: complaintFileRefused,
    thumbnailed: complaintFileThumbnailed,
    removed: complaintFileRemoved,
  },
  require: (tx, id) =>
    locked(
      tx,
      Complaint,
      id,
      accessScopeOf(tx.actor, complaintPolicy.handle) ? complaintPolicy.handle : complaintPolicy.receive,
    ),
})
