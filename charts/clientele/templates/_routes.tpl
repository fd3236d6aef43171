{{/*
What the outside reaches, as YAML: a list of path, service and port. Which prefixes services have in public comes from their declarations
(files/public-routes.yaml, npm run generate); together the router's process serves them, apart a port of the service that has nothing else.
*/}}
{{- define "clientele.routes" -}}
{{- $processes := include "clientele.processes" . | fromYaml -}}
{{- $full := include "clientele.fullname" . -}}
{{- $router := .Values.routes.router -}}
{{- range $name, $process := $processes -}}
{{- if and $process.router (not $router.name) -}}{{- $router = dict "name" (printf "%s-%s" $full $name) "port" $process.ports.http -}}{{- end -}}
{{- end -}}
{{- if not $router.name -}}{{- fail "\n\nNo process is the router, and `routes.router` names no other one." -}}{{- end -}}
{{- range .Values.routes.gateway }}
- {path: {{ . | quote }}, service: {{ $router.name }}, port: {{ $router.port }}}
{{- end }}
{{- range $service, $prefixes := .Files.Get "files/public-routes.yaml" | fromYaml }}
{{- $own := get $processes $service | default dict }}
{{- if eq $.Values.topology "together" }}
{{- range $prefixes }}
- {path: {{ . | quote }}, service: {{ $router.name }}, port: {{ $router.port }}}
{{- end }}
{{- else if $own }}
{{- range $prefixes }}
- {path: {{ . | quote }}, service: {{ $full }}-{{ $service }}, port: {{ required (printf "processes.%s.ports.public is missing: its public routes need a port that has nothing else" $service) $own.ports.public }}}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Hosts that are given, or that of the public URL, as JSON. */}}
{{- define "clientele.hosts" -}}
{{- .given | default (list (get (urlParse .root.Values.publicUrl) "hostname")) | toJson -}}
{{- end -}}
