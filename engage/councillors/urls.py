from django.urls import URLPattern

app_name = "councillors"
urlpatterns: list[URLPattern] = []
