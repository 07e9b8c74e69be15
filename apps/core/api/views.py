"""The one view of the ground: what the API says where there is nothing."""

from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.core.errors import NotFound


class Nothing(APIView):
    """An address below the API that leads nowhere: a problem document, by every method."""

    permission_classes = [AllowAny]
    schema = None

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """Refuse before the method is looked at."""
        super().initial(request, *args, **kwargs)
        raise NotFound
