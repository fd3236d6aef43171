{{/* The processes of the topology, each merged over the defaults, by name, as YAML. */}}
{{- define "clientele.processes" -}}
{{- $processes := dict -}}
{{- range $name, $given := .Values.processes -}}
{{- if and $given (eq $given.topology $.Values.topology) -}}
{{- $process := mergeOverwrite (deepCopy $.Values.defaults) (deepCopy $given) (dict "name" $name) -}}
{{- if $process.enabled -}}{{- $_ := set $processes $name $process -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- toYaml $processes -}}
{{- end -}}

{{/* The port that metrics are read at, by name. */}}
{{- define "clientele.metricsPort" -}}
{{- ternary "metrics" "http" (hasKey .ports "metrics") -}}
{{- end -}}

{{/* A service account's name: (dict "root" $ "process" {…}). */}}
{{- define "clientele.serviceAccount" -}}
{{- .process.serviceAccount.name | default (printf "%s-%s" (include "clientele.fullname" .root) .process.name) -}}
{{- end -}}

{{/* The Job's process: every service, with the rights of owners. */}}
{{- define "clientele.migration" -}}
{{- $names := keys .Values.services | sortAlpha -}}
{{- $own := dict "name" "migrate" "args" (list "migrate") "services" $names "ports" dict "background" true "migrates" true "resources" .Values.migrations.resources -}}
{{- toYaml (mergeOverwrite (deepCopy .Values.defaults) $own) -}}
{{- end -}}
