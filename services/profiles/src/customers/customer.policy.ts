import { roles } from '@clientele/kit'

const everybody = ['admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'service_account'] as const

export const customerPolicy = {
  read: roles(...everybody),
  create: roles('admin', 'manager', 'sales', 'service'),
  update: roles('admin', 'manager', 'sales', 'service'),
  archive: roles('admin', 'manager'),
}
