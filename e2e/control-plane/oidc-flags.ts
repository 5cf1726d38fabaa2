import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { usernamePrefixOf, type OidcIssuer } from '../../demo/api/oidc-tokens.ts'

function configuration(oidc: OidcIssuer): object {
  const {
    issuer,
    clientId,
    certificateAuthority,
    usernameClaim = 'sub',
    groupsClaim,
    groupsPrefix = '',
  } = oidc
  return {
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'AuthenticationConfiguration',
    jwt: [
      {
        issuer: { url: issuer, audiences: [clientId], ...(certificateAuthority && { certificateAuthority }) },
        claimMappings: {
          username: { claim: usernameClaim, prefix: usernamePrefixOf(oidc) },
          ...(groupsClaim && { groups: { claim: groupsClaim, prefix: groupsPrefix } }),
        },
      },
    ],
  }
}

/** What makes kube-apiserver accept ID tokens: flags, and a file in `folder` that they name. JSON is YAML. */
export function oidcFlags(folder: string, oidc: OidcIssuer | undefined): string[] {
  if (oidc === undefined) return []
  const path = join(folder, 'authentication.json')
  writeFileSync(path, JSON.stringify(configuration(oidc)))
  return [`--authentication-config=${path}`]
}
