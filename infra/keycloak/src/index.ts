export { type Keycloak, type KeycloakOptions, startKeycloak } from './keycloak.js'
export { localPeople, localRealm } from './local-realm.js'
