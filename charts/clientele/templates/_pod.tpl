{{/* Context, places and volumes that every pod has: (dict "root" $ "process" {…}). */}}
{{- define "clientele.podBasics" -}}
{{- $process := .process -}}
serviceAccountName: {{ include "clientele.serviceAccount" . }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .root.Values.global.imagePullSecrets }}
imagePullSecrets: {{ toJson . }}
{{- end }}
{{- with $process.podSecurityContext }}
securityContext:
  {{- include "clientele.withoutNulls" . | nindent 2 }}
{{- end }}
{{- range $field := list "nodeSelector" "tolerations" "affinity" "priorityClassName" "runtimeClassName" }}
{{- with get $process $field }}
{{ $field }}: {{ toJson . }}
{{- end }}
{{- end }}
volumes:
  - {name: tmp, emptyDir: {}}
  {{- range (include "clientele.mounted" . | fromYamlArray) }}
  - {{ omit . "at" | toJson }}
  {{- end }}
  {{- with $process.extraVolumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{/* What every container has: (dict "root" $ "process" {…}). */}}
{{- define "clientele.containerBasics" -}}
image: {{ include "clientele.image" (dict "root" .root "image" .process.image) | quote }}
imagePullPolicy: {{ .process.image.pullPolicy | default .root.Values.image.pullPolicy }}
{{- with .process.securityContext }}
securityContext:
  {{- include "clientele.withoutNulls" . | nindent 2 }}
{{- end }}
env:
  {{- include "clientele.environment" . | trim | nindent 2 }}
resources:
  {{- toYaml .process.resources | nindent 2 }}
volumeMounts:
  - {name: tmp, mountPath: /tmp}
  {{- range (include "clientele.mounted" . | fromYamlArray) }}
  - {name: {{ .name }}, mountPath: {{ .at }}, readOnly: true}
  {{- end }}
  {{- with .process.extraVolumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{/*
Files that the values name, as volumes with the folder they are mounted on. Never by `subPath`: what changes there is not seen. A master key that
everybody may read is refused, so nobody but the group may. The gateway alone and the Job have no key.
*/}}
{{- define "clientele.mounted" -}}
{{- $serves := and .process.services (not .process.migrates) }}
{{- if and $serves .root.Values.masterKey.secret }}
- {name: master-key, at: /etc/clientele/master-key, secret: {secretName: {{ .root.Values.masterKey.secret }}, defaultMode: 0440}}
{{- end }}
{{- with .root.Values.trustedCertificates.configMap }}
- {name: certificates, at: /etc/clientele/certificates, configMap: {name: {{ . }}}}
{{- end }}
{{- with .root.Values.trustedCertificates.secret }}
- {name: certificates, at: /etc/clientele/certificates, secret: {secretName: {{ . }}, defaultMode: 0440}}
{{- end }}
{{- if and .process.router .root.Values.supergraph.configMap }}
- {name: supergraph, at: /etc/clientele/supergraph, configMap: {name: {{ .root.Values.supergraph.configMap }}}}
{{- end }}
{{- if and .process.router .root.Values.trustedDocuments.configMap }}
- {name: trusted-documents, at: /etc/clientele/trusted-documents, configMap: {name: {{ .root.Values.trustedDocuments.configMap }}}}
{{- end }}
{{- end -}}

{{/* A map without what somebody set to null. */}}
{{- define "clientele.withoutNulls" -}}
{{- $kept := dict -}}
{{- range $key, $value := . -}}{{- if not (kindIs "invalid" $value) -}}{{- $_ := set $kept $key $value -}}{{- end -}}{{- end -}}
{{- toYaml $kept -}}
{{- end -}}
