import {
  contactFileArrived,
  contactFileAttached,
  contactFileRefused,
  contactFileRemoved,
  contactFileStaged,
  contactFileThumbnailed,
  limits,
} from '@clientele/contracts'
import { fileKind } from '@clientele/files'
import { locked } from '@clientele/kit'
import { Contact } from './contact.entity.js'
import { contactPolicy } from './contact.policy.js'
import { contactFilePolicy } from './contact-file.policy.js'

export const contactFiles = fileKind({
  service: 'interactions',
  owner: Contact,
  description: 'A file of a contact, such as what was sent along with a mail.',
  policy: contactFilePolicy,
  most: limits.contactFiles,
  events: {
    staged: contactFileStaged,
    arrived: contactFileArrived,
    attached: contactFileAttached,
    refused: contactFileRefused,
    thumbnailed: contactFileThumbnailed,
    removed: contactFileRemoved,
  },
  require: (tx, id) => locked(tx, Contact, id, contactPolicy.write),
})
