import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ACCOUNTS, usernameOf } from './accounts.ts'

/** Every write of dashboards with its body, when it comes and when it is answered; nothing else. */
const POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  rules: [
    {
      level: 'Request',
      users: ACCOUNTS.map(usernameOf),
      verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'],
    },
    { level: 'None' },
  ],
}

/** Flags of a kube-apiserver that writes its audit log to `journal`, each line before it goes on with the request. */
export function auditFlags(folder: string, journal: string): string[] {
  const policy = join(folder, 'audit-policy.json')
  writeFileSync(policy, JSON.stringify(POLICY))
  return [`--audit-policy-file=${policy}`, `--audit-log-path=${journal}`, '--audit-log-mode=blocking-strict']
}
