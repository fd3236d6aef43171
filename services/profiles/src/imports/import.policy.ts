import { roles } from '@clientele/kit'

export const importPolicy = {
  customers: roles('admin', 'manager'),
  purchases: roles('admin', 'manager'),
}
