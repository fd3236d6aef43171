{{/* What the schema cannot say. All faults are told together, each with what to do. */}}
{{- define "clientele.validate" -}}
{{- $faults := include "clientele.movedFaults" . | fromJsonArray -}}
{{- $faults = concat $faults (include "clientele.requiredFaults" . | fromJsonArray) -}}
{{- $faults = concat $faults (include "clientele.settingFaults" . | fromJsonArray) -}}
{{- $faults = concat $faults (include "clientele.processFaults" . | fromJsonArray) -}}
{{- if $faults -}}
{{- fail (printf "\n\nThe values have %d fault(s):\n- %s\n" (len $faults) (join "\n- " $faults)) -}}
{{- end -}}
{{- end -}}

{{/* Values that are no more, or that other charts call otherwise: files/moved-values.yaml. */}}
{{- define "clientele.movedFaults" -}}
{{- $faults := list -}}
{{- range $key, $instead := .Files.Get "files/moved-values.yaml" | fromYaml -}}
{{- if hasKey $.Values $key -}}{{- $faults = append $faults (printf "%s is no value of this chart: %s" $key $instead) -}}{{- end -}}
{{- end -}}
{{- toJson $faults -}}
{{- end -}}

{{- define "clientele.requiredFaults" -}}
{{- $faults := list -}}
{{- range $name, $value := dict "publicUrl" .Values.publicUrl "oidc.issuer" .Values.oidc.issuer "nats.url" .Values.nats.url -}}
{{- if not $value -}}{{- $faults = append $faults (printf "%s is missing" $name) -}}{{- end -}}
{{- end -}}
{{- if not (or .Values.masterKey.secret .Values.settings.CLIENTELE_VAULT_ADDR) -}}
{{- $faults = append $faults "masterKey.secret is missing, or settings.CLIENTELE_VAULT_ADDR" -}}
{{- end -}}
{{- toJson $faults -}}
{{- end -}}

{{/* Settings that nothing reads, and those that the chart gives itself. */}}
{{- define "clientele.settingFaults" -}}
{{- $known := dict -}}
{{- range .Files.Lines "files/settings.txt" -}}{{- $_ := set $known (trim .) true -}}{{- end -}}
{{- $places := dict "settings" .Values.settings -}}
{{- range $name, $process := .Values.processes -}}
{{- $_ := set $places (printf "processes.%s.settings" $name) (($process | default dict).settings | default dict) -}}
{{- end -}}
{{- $faults := list -}}
{{- range $place, $settings := $places -}}
{{- range $name, $_ := $settings -}}
{{- $faults = concat $faults (include "clientele.settingFault" (dict "place" $place "name" $name "known" (hasKey $known $name)) | fromJsonArray) -}}
{{- end -}}
{{- end -}}
{{- range $service, $own := .Values.services -}}
{{- range $name, $_ := ($own | default dict).settings -}}
{{- $isKnown := hasKey $known (printf "%s_%s" (upper $service) $name) -}}
{{- $faults = concat $faults (include "clientele.settingFault" (dict "place" (printf "services.%s.settings" $service) "name" $name "known" $isKnown) | fromJsonArray) -}}
{{- end -}}
{{- end -}}
{{- toJson $faults -}}
{{- end -}}

{{- define "clientele.settingFault" -}}
{{- $service := regexFind "^(PROFILES|INTERACTIONS|SURVEYS|SEGMENTATION|INTEGRATIONS)_" .name | trimSuffix "_" | lower -}}
{{- $bare := ternary (trimPrefix (printf "%s_" (upper $service)) .name) .name (ne $service "") -}}
{{- $own := dict "PORT" "processes.NAME.ports" "PUBLIC_PORT" "processes.NAME.ports" "METRICS_PORT" "processes.NAME.ports" "HOST" "nothing: pods listen on all addresses" "MIGRATE" "migrations.run" "BACKGROUND" "processes.NAME.background" "DRAIN_MS" "processes.NAME.drainSeconds" "PUBLIC_URL" "publicUrl" "NATS_URL" "nats.url" "OIDC_ISSUER_URL" "oidc.issuer" "OIDC_AUDIENCE" "oidc.audience" "OIDC_CLIENT_ID" "oidc.account" "OIDC_CLIENT_SECRET" "oidc.account" "CLIENTELE_MASTER_KEY_FILE" "masterKey" "SUPERGRAPH_FILE" "supergraph" "TRUSTED_DOCUMENTS_FILE" "trustedDocuments" "NODE_ENV" "nothing: it is production" "DATABASE_URL" "database" "DATABASE_SYSTEM_URL" "database" "DATABASE_OWNER_URL" "database" -}}
{{- if hasKey $own $bare -}}
{{- toJson (list (printf "%s.%s: the chart gives this one; it is made from %s" .place .name (get $own $bare))) -}}
{{- else if $service -}}
{{- toJson (list (printf "%s.%s: what one service has for itself is services.%s.settings.%s" .place .name $service $bare)) -}}
{{- else if regexMatch "^SUBGRAPH_" .name -}}
{{- toJson (list (printf "%s.%s: the chart gives this one; it is made from processes.NAME.asks" .place .name)) -}}
{{- else if not .known -}}
{{- toJson (list (printf "%s.%s: nothing reads this setting; see `clientele serve --help`. Variables of Node or of others go into defaults.extraEnv" .place .name)) -}}
{{- else -}}
[]
{{- end -}}
{{- end -}}

{{- define "clientele.processFaults" -}}
{{- $faults := list -}}
{{- $processes := include "clientele.processes" . | fromYaml -}}
{{- $atWork := dict -}}
{{- range $name, $process := $processes -}}
{{- range $service := $process.services -}}
{{- if not (hasKey $.Values.services $service) -}}{{- $faults = append $faults (printf "processes.%s.services: there is no service %s" $name $service) -}}{{- end -}}
{{- if $process.background -}}{{- $_ := set $atWork $service true -}}{{- end -}}
{{- end -}}
{{- if le (int $process.terminationGracePeriodSeconds) (int $process.drainSeconds) -}}
{{- $faults = append $faults (printf "processes.%s: terminationGracePeriodSeconds must leave time after drainSeconds, 30 seconds or more" $name) -}}
{{- end -}}
{{- range $process.asks -}}
{{- if not (hasKey $.Values.processes .) -}}{{- $faults = append $faults (printf "processes.%s.asks: there is no process %s" $name .) -}}{{- end -}}
{{- end -}}
{{- range $process.reaches -}}
{{- if not (hasKey $.Values.networkPolicy.destinations .) -}}{{- $faults = append $faults (printf "processes.%s.reaches: networkPolicy.destinations has no %s" $name .) -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- range $service, $_ := .Values.services -}}
{{- if not (hasKey $atWork $service) -}}
{{- $faults = append $faults (printf "no process does the background work of %s: its events would stay where they are. Let one that has it among its `services` have `background: true`" $service) -}}
{{- end -}}
{{- end -}}
{{- toJson $faults -}}
{{- end -}}
