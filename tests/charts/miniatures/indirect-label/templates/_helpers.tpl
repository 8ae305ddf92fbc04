{{- define "something.version" -}}
{{ .of.tag | trimPrefix "v" }}
{{- end }}
{{- define "something.image" -}}
{{- $name := .of.repository -}}
{{ $name }}:{{ .of.tag }}
{{- end }}
