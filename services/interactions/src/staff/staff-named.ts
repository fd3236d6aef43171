import { keyNamedBy } from '@clientele/kit'
import { staff, teams } from './staff.actions.js'

/** Who is named by this subject, as their key. */
export const staffNamed = keyNamedBy(staff, 'staff', 'sub')

/** The team that is named by this key. */
export const teamNamed = keyNamedBy(teams, 'team', 'key')
