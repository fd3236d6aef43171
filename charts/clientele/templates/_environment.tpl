{{/* A scalar as an environment has it. Helm reads numbers as floating ones, and Kubernetes expands `$(NAME)`. */}}
{{- define "clientele.scalar" -}}
{{- $text := toString . -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) -}}{{- $text = printf "%.0f" . -}}{{- end -}}
{{- $text | replace "$(" "$$(" -}}
{{- end -}}

{{/* What follows the name of a variable: a text, or where it stands. `{service}` is replaced. (dict "value" … "service" NAME) */}}
{{- define "clientele.value" -}}
{{- if not (kindIs "map" .value) -}}
value: {{ include "clientele.scalar" .value | replace "{service}" .service | quote }}
{{- else if .value.secret -}}
valueFrom: {secretKeyRef: {name: {{ .value.secret | replace "{service}" .service | quote }}, key: {{ .value.key | replace "{service}" .service | quote }}}}
{{- else -}}
valueFrom: {configMapKeyRef: {name: {{ .value.configMap | replace "{service}" .service | quote }}, key: {{ .value.key | replace "{service}" .service | quote }}}}
{{- end -}}
{{- end -}}

{{/* A database's URL: of one key, or put together from parts that come before it. (dict "connection" {…} "service" NAME "variable" NAME) */}}
{{- define "clientele.databaseUrl" -}}
{{- $c := .connection -}}
{{- if $c.keys -}}
{{- $prefix := printf "PART_OF_%s" .variable -}}
{{- $texts := dict "port" "5432" -}}
{{- range $part := list "username" "password" "host" "port" "database" -}}
{{- if hasKey $c.keys $part }}
- name: {{ $prefix }}_{{ upper $part }}
  {{ include "clientele.value" (dict "service" $.service "value" (dict "secret" $c.secret "key" (get $c.keys $part))) }}
{{- $_ := set $texts $part (printf "$(%s_%s)" $prefix (upper $part)) -}}
{{- else if hasKey $c $part -}}
{{- $_ := set $texts $part (include "clientele.scalar" (get $c $part) | replace "{service}" $.service) -}}
{{- else if not (hasKey $texts $part) -}}
{{- fail (printf "\n\nThe connection of %s lacks its %s: give it under `keys`, or beside them." $.service $part) -}}
{{- end -}}
{{- end }}
- name: {{ .variable }}
  value: {{ printf "postgres://%s:%s@%s:%s/%s%s" $texts.username $texts.password $texts.host $texts.port $texts.database (ternary (printf "?%s" $c.parameters) "" (not (empty $c.parameters))) | quote }}
{{- else }}
- name: {{ .variable }}
  {{ include "clientele.value" (dict "service" .service "value" (dict "secret" $c.secret "key" $c.key)) }}
{{- end -}}
{{- end -}}

{{/* The environment of a process: (dict "root" $ "process" {…}). What the chart knows comes first, then settings, then `extraEnv`. */}}
{{- define "clientele.environment" -}}
{{- $root := .root -}}
{{- $process := .process -}}
{{- $services := $process.services | default list -}}
{{- $migrates := $process.migrates | default false -}}
{{- $given := deepCopy $root.Values.settings -}}
{{- $accountEach := contains "{service}" (toJson $root.Values.oidc.account) -}}
{{- range $service := $services -}}
{{- $own := get $root.Values.services $service | default dict -}}
{{- $prefix := ternary "" (printf "%s_" (upper $service)) (eq (len $services) 1) -}}
{{- range $name, $value := $own.settings -}}{{- $_ := set $given (print $prefix $name) $value -}}{{- end }}
{{- $database := mergeOverwrite (deepCopy $root.Values.database) (deepCopy ($own.database | default dict)) -}}
{{- /* Whoever migrates is the owner and nothing else; nobody else needs to be. */ -}}
{{- $roles := ternary dict (dict "app" "" "system" "SYSTEM_") $migrates -}}
{{- if or $migrates (eq $root.Values.migrations.run "pods") -}}{{- $_ := set $roles "owner" "OWNER_" -}}{{- end -}}
{{- range $role, $infix := $roles }}
{{- include "clientele.databaseUrl" (dict "service" $service "connection" (get $database $role) "variable" (printf "%sDATABASE_%sURL" $prefix $infix)) }}
{{- end }}
{{- if and $prefix (not $migrates) (or $own.account $accountEach) }}
{{- $account := mergeOverwrite (deepCopy $root.Values.oidc.account) (deepCopy ($own.account | default dict)) }}
- name: {{ $prefix }}OIDC_CLIENT_ID
  {{ include "clientele.value" (dict "service" $service "value" $account.clientId) }}
- name: {{ $prefix }}OIDC_CLIENT_SECRET
  {{ include "clientele.value" (dict "service" $service "value" $account.clientSecret) }}
{{- end }}
{{- end }}
{{- range $name, $value := $process.settings -}}{{- $_ := set $given $name $value -}}{{- end }}
{{- $account := deepCopy $root.Values.oidc.account -}}
{{- $first := "" -}}
{{- if eq (len $services) 1 -}}
{{- $first = first $services -}}
{{- $account = mergeOverwrite $account (deepCopy ((get $root.Values.services $first | default dict).account | default dict)) -}}
{{- end -}}
{{- $own := dict "NODE_ENV" "production" -}}
{{- if not $migrates -}}
{{- $own = merge $own (dict "HOST" "0.0.0.0" "OIDC_ISSUER_URL" $root.Values.oidc.issuer "OIDC_AUDIENCE" $root.Values.oidc.audience "DRAIN_MS" (mul 1000 $process.drainSeconds)) -}}
{{- range $port, $variable := dict "http" "PORT" "public" "PUBLIC_PORT" "metrics" "METRICS_PORT" -}}
{{- if hasKey $process.ports $port -}}{{- $_ := set $own $variable (get $process.ports $port) -}}{{- end -}}
{{- end -}}
{{- range $peer := $process.asks -}}
{{- $_ := set $own (printf "SUBGRAPH_%s_URL" (upper $peer)) (include "clientele.subgraphUrl" (dict "root" $root "name" $peer)) -}}
{{- end -}}
{{- if $services -}}
{{- if ne $root.Values.migrations.run "pods" -}}{{- $_ := set $own "MIGRATE" "off" -}}{{- end -}}
{{- if not $process.background -}}{{- $_ := set $own "BACKGROUND" "off" -}}{{- end -}}
{{- end -}}
{{- if and $process.router $root.Values.supergraph.configMap -}}
{{- $_ := set $own "SUPERGRAPH_FILE" (printf "/etc/clientele/supergraph/%s" $root.Values.supergraph.key) -}}
{{- end -}}
{{- if and $process.router $root.Values.trustedDocuments.configMap -}}
{{- $_ := set $own "TRUSTED_DOCUMENTS_FILE" (printf "/etc/clientele/trusted-documents/%s" $root.Values.trustedDocuments.key) -}}
{{- end -}}
{{- end -}}
{{- if and $services (not $migrates) -}}
{{- $_ := set $own "PUBLIC_URL" $root.Values.publicUrl -}}
{{- $_ := set $own "NATS_URL" $root.Values.nats.url -}}
{{- if or $first (not $accountEach) -}}
{{- $_ := set $own "OIDC_CLIENT_ID" $account.clientId -}}
{{- $_ := set $own "OIDC_CLIENT_SECRET" $account.clientSecret -}}
{{- end -}}
{{- if $root.Values.masterKey.secret -}}{{- $_ := set $own "CLIENTELE_MASTER_KEY_FILE" (printf "/etc/clientele/master-key/%s" $root.Values.masterKey.key) -}}{{- end -}}
{{- end -}}
{{- if or $root.Values.trustedCertificates.configMap $root.Values.trustedCertificates.secret -}}
{{- $_ := set $own "NODE_EXTRA_CA_CERTS" (printf "/etc/clientele/certificates/%s" $root.Values.trustedCertificates.key) -}}
{{- end -}}
{{- range $name, $value := merge $own $given }}
- name: {{ $name }}
  {{ include "clientele.value" (dict "service" $first "value" $value) }}
{{- end }}
{{- with $process.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Where a service answers: (dict "root" $ "name" NAME). */}}
{{- define "clientele.subgraphUrl" -}}
{{- $port := (get .root.Values.processes .name | default dict).ports.http -}}
http://{{ include "clientele.fullname" .root }}-{{ .name }}:{{ $port }}
{{- end -}}
