import { filePolicy } from '@clientele/files'
import { contactPolicy } from './contact.policy.js'

/** Files of a contact are whose the contact is; whoever may change the contact attaches and removes them. */
export const contactFilePolicy = filePolicy(contactPolicy, { write: ['write'] })
