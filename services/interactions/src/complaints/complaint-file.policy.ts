import { filePolicy } from '@clientele/files'
import { complaintPolicy } from './complaint.policy.js'

/** Files of a complaint are whose the complaint is; whoever receives or handles complaints attaches and removes them. */
export const complaintFilePolicy = filePolicy(complaintPolicy, { write: ['receive', 'handle'] })
