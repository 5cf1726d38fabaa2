import type { Words } from './words.ts'

const RULES = 'What the role allows.'
const ROLE_REF = 'The role that is given. It cannot be changed.'
const SUBJECTS = 'Who has the role.'

export const ACCESS_WORDS: Readonly<Record<string, Words>> = {
  ServiceAccount: {
    '': 'ServiceAccount is who pods and controllers are to the cluster.',
    automountServiceAccountToken:
      'Whether pods find a token of the account among their files unless they say otherwise.',
    imagePullSecrets: 'Secrets of registries, for pods that name none of their own.',
    secrets: 'Secrets that pods of the account may use.',
  },
  Role: { '': 'Role allows actions within one namespace.', rules: RULES },
  ClusterRole: {
    '': 'ClusterRole allows actions in all namespaces, or wherever it is bound.',
    aggregationRule: 'Selects the roles whose rules this one collects.',
    rules: RULES,
  },
  RoleBinding: {
    '': 'RoleBinding gives somebody a role within one namespace.',
    roleRef: ROLE_REF,
    subjects: SUBJECTS,
  },
  ClusterRoleBinding: {
    '': 'ClusterRoleBinding gives somebody a role in all namespaces.',
    roleRef: ROLE_REF,
    subjects: SUBJECTS,
  },
  PolicyRule: {
    '': 'PolicyRule allows some actions on some resources.',
    apiGroups: "The groups of the resources: '' is the core group, * is every group.",
    nonResourceURLs:
      'Paths of the API that are no resources, such as /healthz. Only cluster roles have them.',
    resourceNames: 'The names that it is about; every name when there are none.',
    resources: 'The resources, in the plural: * is every resource, pods/log a part of one.',
    verbs: 'The actions: get, list, watch, create, update, patch, delete, or * for each of them.',
  },
  RoleRef: {
    '': 'RoleRef names a role.',
    apiGroup: 'The group of the role.',
    kind: 'Role or ClusterRole.',
    name: 'The name of the role.',
  },
  Subject: {
    '': 'Subject is somebody who can have a role.',
    apiGroup: "The group of the subject: '' for service accounts.",
    kind: 'User, Group or ServiceAccount.',
    name: 'The name of the subject.',
    namespace: 'The namespace of a service account.',
  },
  CustomResourceDefinition: {
    '': 'CustomResourceDefinition adds a kind of object to the API.',
    spec: 'What the kind is called and what its objects look like.',
    status: 'Whether its names are accepted and its objects served.',
  },
  CustomResourceDefinitionSpec: {
    '': 'CustomResourceDefinitionSpec says what a kind is called and what its objects look like.',
    conversion: 'How objects are converted between versions.',
    group: 'The group of the API that the kind belongs to.',
    names: 'What it is called: its kind, its plural, short names and categories.',
    scope: 'Namespaced, or Cluster.',
    versions: 'The versions that it is served in, each with a schema.',
  },
}
