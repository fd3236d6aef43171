export { profiles } from './service.js'
