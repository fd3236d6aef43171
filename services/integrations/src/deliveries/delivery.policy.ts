import { roles } from '@clientele/kit'

export const deliveryPolicy = {
  read: roles('admin', 'privacy_officer'),
  send: roles('admin'),
}
