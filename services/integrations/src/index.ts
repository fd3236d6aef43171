export { integrations } from './service.js'
