import { roles } from '@clientele/kit'

export const webhookEndpointPolicy = {
  read: roles('admin', 'privacy_officer'),
  write: roles('admin'),
}
