import { staff } from './staff.actions.js'

export const replicateStaff = staff.consumer('surveys-staff-replica')
